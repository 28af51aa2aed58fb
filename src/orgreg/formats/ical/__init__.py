"""iCalendar (RFC 5545), for calendars that subscribe to a register."""
