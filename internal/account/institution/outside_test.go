package institution

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"
)

func TestInstitutionThatNeverAnswersIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`{"keys":[`))
		_ = http.NewResponseController(w).Flush()
		<-gone
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(gone) })
	w := &window{Institution: Institution{Issuer: server.URL}}
	if w.client = clientFor(w.Institution); w.client.Timeout != mostTime {
		t.Errorf("it is waited for %v", w.client.Timeout)
	}
	w.client.Timeout = 100 * time.Millisecond
	begun := time.Now()
	if _, err := w.read(t.Context(), begun); err == nil || time.Since(begun) > 5*time.Second {
		t.Errorf("after %v: %v", time.Since(begun), err)
	}
}

func TestAddressesInsideAreTold(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
		"169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.255.255",
		"198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1",
		"::ffff:169.254.169.254", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:a00:1::1",
		"fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
	} {
		if isPublic(netip.MustParseAddr(text)) {
			t.Errorf("%s is taken for one outside", text)
		}
	}
	for _, text := range []string{"1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "223.255.255.254", "2606:4700::1111", "2a00:1450::1", "::ffff:1.1.1.1"} {
		if !isPublic(netip.MustParseAddr(text)) {
			t.Errorf("%s is taken for one inside", text)
		}
	}
	if isPublic(netip.Addr{}) {
		t.Error("no address is taken for one outside")
	}
}

func TestNetworkOfAnInstitutionIsOpenAtItsOwnAddressOnly(t *testing.T) {
	t.Parallel()
	w := &window{Institution: Institution{Issuer: "http://localhost:9"}}
	for address, right := range map[string]bool{
		"http://localhost:9/keys": true, "https://login.example/keys": true, "http://localhost:8/keys": false, "http://127.0.0.1:9/keys": false,
		"http://login.example/keys": false, "ftp://login.example/": false, "https://": false, "": false, "/keys": false, "https://a@login.example/": false,
	} {
		if err := w.mayBe(address); (err == nil) != right {
			t.Errorf("%q: %v", address, err)
		}
	}
	public := &window{Institution: Institution{Issuer: "http://login.example"}}
	if public.mayBe("http://login.example/keys") == nil {
		t.Error("an institution elsewhere is asked without encryption")
	}
}
