package ui

// An Icon is a drawing of 24 by 24 units, by strokes. It never stands for words: screen readers pass over it.
type Icon string

// The drawings are our own. They stand in the markup wherever they are used, so that a fragment needs nothing around it.
const (
	IconHome        Icon = `<path d="M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z"/>`
	IconPeople      Icon = `<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8"/>`
	IconPerson      Icon = `<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>`
	IconSearch      Icon = `<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>`
	IconBook        Icon = `<path d="M12 6.5C10 4.8 7 4.5 3.5 5v13.5c3.5-.5 6.5-.2 8.5 1.5 2-1.7 5-2 8.5-1.5V5C17 4.5 14 4.8 12 6.5zM12 6.5V20"/>`
	IconNetwork     Icon = `<circle cx="12" cy="12" r="3"/><circle cx="5" cy="5" r="2"/><circle cx="19" cy="6" r="2"/><circle cx="6" cy="19.5" r="2"/><circle cx="19" cy="18" r="2"/><path d="m6.5 6.5 3.4 3.4M17.3 7.2l-3 2.7M7.4 18l2.7-3.6M17.3 16.8l-2.8-2.6"/>`
	IconBell        Icon = `<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7zM10 20.5a2.2 2.2 0 0 0 4 0"/>`
	IconCalendar    Icon = `<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4"/>`
	IconClock       Icon = `<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.2 2"/>`
	IconVideo       Icon = `<rect x="3" y="6.5" width="12" height="11" rx="2"/><path d="m15 11 6-3.5v9L15 13"/>`
	IconTarget      Icon = `<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="4.5"/><circle cx="12" cy="12" r=".6"/>`
	IconLock        Icon = `<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>`
	IconUnlock      Icon = `<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 7.6-1.7"/>`
	IconTick        Icon = `<path d="m4.5 12.5 5 5 10-11"/>`
	IconChevron     Icon = `<path d="m6 9 6 6 6-6"/>`
	IconArrow       Icon = `<path d="M5 12h14M13 6l6 6-6 6"/>`
	IconPlus        Icon = `<path d="M12 5v14M5 12h14"/>`
	IconMinus       Icon = `<path d="M6 12h12"/>`
	IconMore        Icon = `<circle cx="5.5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="18.5" cy="12" r="1"/>`
	IconCare        Icon = `<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.2"/>`
	IconInformation Icon = `<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.2"/>`
	IconSliders     Icon = `<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>`
	IconFile        Icon = `<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5M9 13h6M9 16.5h6"/>`
	IconDownload    Icon = `<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>`
	IconUpload      Icon = `<path d="M12 15V4M7 8.5l5-5 5 5M4.5 20h15"/>`
	IconShield      Icon = `<path d="M12 3.5 4.5 6v6c0 4.5 3 7.2 7.5 8.8 4.5-1.6 7.5-4.3 7.5-8.8V6zM8.8 12l2.3 2.3 4.2-4.6"/>`
	IconStar        Icon = `<path d="m12 4 2.5 5.2 5.7.7-4.2 4 1.1 5.7-5.1-2.8-5.1 2.8L8 13.9l-4.2-4 5.7-.7z"/>`
	IconMessage     Icon = `<path d="M4 5h16v11.5H10L5.5 20v-3.5H4z"/>`
	IconMail        Icon = `<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4 7 8 6 8-6"/>`
	IconFilter      Icon = `<path d="M4 6h16M7 12h10M10 18h4"/>`
	IconGlobe       Icon = `<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5.5 5 11.5 0 17M12 3.5c-5 5.5-5 11.5 0 17"/>`
	IconMoon        Icon = `<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>`
	IconUndo        Icon = `<path d="M8 5 4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H10"/>`
	IconCross       Icon = `<path d="m6 6 12 12M18 6 6 18"/>`
	IconHeart       Icon = `<path d="M12 20C5 15.5 3.5 12 3.5 9A4.4 4.4 0 0 1 12 7.3 4.4 4.4 0 0 1 20.5 9c0 3-1.5 6.5-8.5 11z"/>`
	IconSeedling    Icon = `<path d="M12 21v-8M12 13c0-4 2.5-6.5 8-6.5 0 4.5-3 6.5-8 6.5zM12 15.5c0-3-2.2-5-7.5-5 0 3.5 2.8 5 7.5 5z"/>`
	IconCrown       Icon = `<path d="M5 18h14M5 15 3.5 7l5 3.5L12 5l3.5 5.5 5-3.5L19 15z"/>`
	IconHands       Icon = `<path d="M3.5 13V7.5L8 6l4 2 4-2 4.5 1.5V13M3.5 13l6 5.5c1 .9 2 .9 3 0l8-5.5M12 8l-3.5 3.5c1.2 1.5 3 1.2 4.5-.5l4 4"/>`
	IconBars        Icon = `<path d="M4 20.5h16M7 17v-5M12 17V6M17 17V9"/>`
	IconScale       Icon = `<path d="M12 4v16M7 20h10M5 7h14M5 7l-2.5 6a3 3 0 0 0 5 0zM19 7l-2.5 6a3 3 0 0 0 5 0z"/>`
	IconFlask       Icon = `<path d="M9.5 3.5h5M10.5 3.5v6L5 19a1 1 0 0 0 .9 1.5h12.2A1 1 0 0 0 19 19l-5.5-9.5v-6M8 15h8"/>`
	IconStethoscope Icon = `<path d="M5 4v5a4.5 4.5 0 0 0 9 0V4M9.5 13.5v2a5 5 0 0 0 10 0V13"/><circle cx="19.5" cy="11" r="2"/>`
	IconBriefcase   Icon = `<rect x="3.5" y="7.5" width="17" height="12" rx="2"/><path d="M9 7.5V5h6v2.5M3.5 13h17"/>`
	IconGear        Icon = `<circle cx="12" cy="12" r="3"/><path d="M12 3.5v2.8M12 17.7v2.8M3.5 12h2.8M17.7 12h2.8M6 6l2 2M16 16l2 2M18 6l-2 2M8 16l-2 2"/>`
	IconLog         Icon = `<path d="M8 6h12M8 12h12M8 18h12M4 6h.1M4 12h.1M4 18h.1"/>`
	IconMenu        Icon = `<path d="M4 7h16M4 12h16M4 17h16"/>`
	IconPrinter     Icon = `<path d="M7 8V4h10v4M7 17H4V9.5h16V17h-3M7 14h10v6H7z"/>`
	IconBookmark    Icon = `<path d="M7 4h10v16l-5-4-5 4z"/>`
	IconEye         Icon = `<path d="M2.5 12C6 6.5 9 5.5 12 5.5s6 1 9.5 6.5c-3.5 5.5-6.5 6.5-9.5 6.5S6 17.5 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>`
	IconPin         Icon = `<path d="M12 21c-4.5-5-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2 6-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>`
	IconSwap        Icon = `<path d="M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4"/>`
	IconKey         Icon = `<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8-8M16 7.5l3 3"/>`
	IconCap         Icon = `<path d="m2.5 9.5 9.5-4.5 9.5 4.5L12 14zM6.5 11.5V16c3 2.5 8 2.5 11 0v-4.5M21.5 9.5V15"/>`
)
