package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

func themed(theme string) templ.Attributes {
	if theme == "" {
		return nil
	}
	return templ.Attributes{"data-theme": theme}
}

func current(is bool) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"aria-current": "page"}
}

func pressed(is bool) string { return strconv.FormatBool(is) }

func opens(dialog string) templ.Attributes {
	if dialog == "" {
		return nil
	}
	return templ.Attributes{"data-opens": dialog, "aria-haspopup": "dialog"}
}

func named(name, value string) templ.Attributes {
	if name == "" {
		return nil
	}
	return templ.Attributes{"name": name, "value": value}
}

func busy(is bool) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"aria-busy": "true", "aria-disabled": "true"}
}

func announced(is bool) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"role": "status"}
}

func step(now bool) templ.Attributes {
	if !now {
		return nil
	}
	return templ.Attributes{"aria-current": "step"}
}

func sorted(is bool) templ.Attributes {
	if !is {
		return nil
	}
	return templ.Attributes{"aria-current": "true"}
}
