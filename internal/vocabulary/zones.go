package vocabulary

import _ "time/tzdata" // zones are the same wherever the program runs

// renamedZones are names of time zones that are kept for old data only, and the names in use (IANA, file "backward").
// Those of Canada are complete.
var renamedZones = map[string]string{
	"America/Montreal": "America/Toronto", "America/Nipigon": "America/Toronto", "America/Thunder_Bay": "America/Toronto",
	"America/Pangnirtung": "America/Iqaluit", "America/Rainy_River": "America/Winnipeg", "America/Yellowknife": "America/Edmonton",
	"America/Coral_Harbour": "America/Atikokan", "Canada/Atlantic": "America/Halifax", "Canada/Central": "America/Winnipeg",
	"Canada/Eastern": "America/Toronto", "Canada/Mountain": "America/Edmonton", "Canada/Newfoundland": "America/St_Johns",
	"Canada/Pacific": "America/Vancouver", "Canada/Saskatchewan": "America/Regina", "Canada/Yukon": "America/Whitehorse",
	"US/Eastern": "America/New_York", "US/Central": "America/Chicago", "US/Mountain": "America/Denver", "US/Pacific": "America/Los_Angeles",
	"US/Alaska": "America/Anchorage", "US/Hawaii": "Pacific/Honolulu", "US/Arizona": "America/Phoenix", "US/Michigan": "America/Detroit",
	"US/East-Indiana": "America/Indiana/Indianapolis", "America/Indianapolis": "America/Indiana/Indianapolis", "America/Fort_Wayne": "America/Indiana/Indianapolis",
	"America/Louisville": "America/Kentucky/Louisville", "America/Buenos_Aires": "America/Argentina/Buenos_Aires", "America/Cordoba": "America/Argentina/Cordoba",
	"America/Mendoza": "America/Argentina/Mendoza", "America/Jujuy": "America/Argentina/Jujuy", "America/Catamarca": "America/Argentina/Catamarca",
	"America/Godthab": "America/Nuuk", "America/Santa_Isabel": "America/Tijuana", "America/Shiprock": "America/Denver", "America/Knox_IN": "America/Indiana/Knox",
	"Asia/Calcutta": "Asia/Kolkata", "Asia/Katmandu": "Asia/Kathmandu", "Asia/Rangoon": "Asia/Yangon", "Asia/Saigon": "Asia/Ho_Chi_Minh",
	"Asia/Chongqing": "Asia/Shanghai", "Asia/Chungking": "Asia/Shanghai", "Asia/Harbin": "Asia/Shanghai", "Asia/Kashgar": "Asia/Urumqi",
	"Asia/Dacca": "Asia/Dhaka", "Asia/Macao": "Asia/Macau", "Asia/Tel_Aviv": "Asia/Jerusalem", "Asia/Thimbu": "Asia/Thimphu",
	"Asia/Ujung_Pandang": "Asia/Makassar", "Asia/Ulan_Bator": "Asia/Ulaanbaatar", "Asia/Ashkhabad": "Asia/Ashgabat", "Asia/Choibalsan": "Asia/Ulaanbaatar",
	"Europe/Kiev": "Europe/Kyiv", "Europe/Uzhgorod": "Europe/Kyiv", "Europe/Zaporozhye": "Europe/Kyiv", "Europe/Belfast": "Europe/London",
	"Europe/Tiraspol": "Europe/Chisinau", "Europe/Nicosia": "Asia/Nicosia", "Atlantic/Faeroe": "Atlantic/Faroe", "Africa/Asmera": "Africa/Asmara",
	"Africa/Timbuktu": "Africa/Bamako", "Pacific/Samoa": "Pacific/Pago_Pago", "Pacific/Ponape": "Pacific/Pohnpei", "Pacific/Truk": "Pacific/Chuuk",
	"Pacific/Enderbury": "Pacific/Kanton", "Australia/ACT": "Australia/Sydney", "Australia/NSW": "Australia/Sydney", "Australia/Victoria": "Australia/Melbourne",
	"Australia/Queensland": "Australia/Brisbane", "Australia/South": "Australia/Adelaide", "Australia/West": "Australia/Perth", "Australia/North": "Australia/Darwin",
	"Australia/Tasmania": "Australia/Hobart", "Australia/Currie": "Australia/Hobart", "Australia/Canberra": "Australia/Sydney", "GB": "Europe/London",
}
