"""Who of the staff may work where: engagements, passwords and codes, back-off, sessions. All of it is this software's
design. It knows neither database nor wire nor clock."""
