"""Card applications (マイナンバーカードの申請): the rules, as dated data and plain functions. No database, no wire and
no clock is known here: what day it is, the caller says. See docs/card-applications.md."""
