"""SARIF 2.1.0: for code scanning on GitHub, Azure DevOps and in editors."""
