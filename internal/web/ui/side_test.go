package ui

import "testing"

var side = Side{Heading: Link{"Paediatrics", "/p"}, Groups: []SideGroup{
	{Entries: []SideEntry{{Label: "People", Href: "/p/people", Icon: IconPeople, Count: 12345, Current: true}, {Label: "Requests", Href: "/p/requests"}}},
	{Label: "Set-up", Entries: []SideEntry{{Label: "Rules", Href: "/p/rules", Icon: IconGear}}},
}}

func TestSideListStandsBetweenHeaderAndContent(t *testing.T) {
	t.Parallel()
	markup := html(t, Shell(english, Page{Title: "T", Side: side, Tabs: []Tab{{Label: "Home", Href: "/"}}}))
	has(t, markup, `<a class="skip" href="#main">`, `<nav class="side" aria-label="Pages of this program">`, `<nav class="tabs" aria-label="Main places">`, `<nav class="bottom"`,
		`<summary>`, `<b>Paediatrics</b> <small>People</small>`, `<a class="side-head" href="/p">`, `<a href="/p/people" aria-current="page">`, `<span class="cnt">12,345</span>`,
		`<p class="side-label" id="side-2">Set-up</p><ul class="plain" aria-labelledby="side-2">`, "!side-1", `<main id="main"`, "top-wide")
	has(t, html(t, Shell(french, Page{Title: "T", Side: side})), `aria-label="Pages de ce programme"`, "12\u00a0345")
	has(t, html(t, Shell(english, Page{Title: "T", Side: Side{Heading: Link{"Paediatrics", "/p"}}})), "!Paediatrics", "!<nav", "!top-wide")
}

func TestFoldedSideListSaysTheProgramOnce(t *testing.T) {
	t.Parallel()
	with := side
	with.Groups = append([]SideGroup{{Entries: []SideEntry{{Label: "Overview", Href: "/p"}}}}, side.Groups...)
	has(t, html(t, sideList(english, with)), `<a class="side-head only-wide" href="/p">`)
	has(t, html(t, sideList(english, side)), "!only-wide")
}
