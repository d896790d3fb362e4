package org.edgeplex.telemetry.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.edgeplex.telemetry.CountersFile;
import org.edgeplex.telemetry.CountersReader;
import org.edgeplex.telemetry.CountersSnapshot;
import org.edgeplex.telemetry.SampleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsPageTest {
    private static final String OURS = "access=\"a\",attachment=\"7\",customer=\"Red Ltd\",";

    @TempDir private Path directory = Path.of("replaced");

    private DataplaneMetrics.Subject subject(int attachment, String customer) {
        Path file = CountersFile.of(directory, "pvm-" + attachment);
        if (!(CountersReader.read(file) instanceof CountersReader.Reading.Taken taken)) {
            throw new AssertionError(file);
        }
        CountersSnapshot snapshot = taken.snapshot();
        return new DataplaneMetrics.Subject(snapshot, customer);
    }

    private static void assertHas(MetricsPage page, String line) {
        assertTrue(page.text().lines().anyMatch(line::equals), line + " in\n" + page.text());
    }

    @Test
    void namesAndLabelsAreThoseOfTheDocumentation() {
        SampleFile.create(directory, 7, "red/pe1/a").count(10);
        MetricsPage page = MetricsPage.of(List.of(subject(7, "Red Ltd")), "");
        assertEquals("text/plain; version=0.0.4; charset=utf-8", page.contentType());
        assertHas(page, "# TYPE edgeplex_dataplane_packets_total counter");
        String prefix = "edgeplex_dataplane_";
        String red = OURS + "vpn=\"red\"";
        assertHas(page, prefix + "up{" + red + "} 1.0");
        assertHas(
                page,
                prefix + "packets_total{" + OURS + "direction=\"from_customer\",vpn=\"red\"} 10.0");
        assertHas(
                page, prefix + "bytes_total{" + OURS + "direction=\"to_core\",vpn=\"red\"} 1040.0");
        assertHas(page, prefix + "drops_total{" + OURS + "reason=\"no_route\",vpn=\"red\"} 2.0");
        assertHas(page, prefix + "drops_total{" + OURS + "reason=\"ttl_expired\",vpn=\"red\"} 0.0");
        assertHas(
                page,
                prefix + "events_total{" + OURS + "event=\"arp_replies_sent\",vpn=\"red\"} 1.0");
        assertHas(
                page,
                prefix + "port_rx_packets_total{" + OURS + "port=\"trunk\",vpn=\"red\"} 13.0");
        assertHas(
                page,
                prefix
                        + "label_packets_total{"
                        + OURS
                        + "direction=\"in\",label=\"1001\",stack=\"1001\",vpn=\"red\"} 5.0");
    }

    @Test
    void theSameStackByTwoWaysIsOneSeries() {
        SampleFile.create(directory, 7, "red/pe1/a").count(10);
        MetricsPage page = MetricsPage.of(List.of(subject(7, "Red Ltd")), "");
        assertHas(
                page,
                "edgeplex_dataplane_label_bytes_total{"
                        + OURS
                        + "direction=\"out\",label=\"2002\",stack=\"300/2002\",vpn=\"red\"} 1040.0");
    }

    @Test
    void severalDataPlanesShareEachFamily() {
        SampleFile.create(directory, 7, "red/pe1/a").count(10);
        SampleFile.create(directory, 8, "blue/pe1/b").count(20);
        MetricsPage page = MetricsPage.of(List.of(subject(7, ""), subject(8, "")), "");
        String type = "# TYPE edgeplex_dataplane_packets_total counter";
        assertEquals(1, page.text().lines().filter(type::equals).count());
        assertHas(
                page,
                "edgeplex_dataplane_packets_total{access=\"b\",attachment=\"8\","
                        + "direction=\"to_core\",vpn=\"blue\"} 20.0");
    }

    @Test
    void oneThatHasEndedIsDownAndCountsNothing() {
        SampleFile sample = SampleFile.create(directory, 7, "red/pe1/a");
        sample.count(10);
        sample.end();
        MetricsPage page = MetricsPage.of(List.of(subject(7, "")), "");
        assertHas(page, "edgeplex_dataplane_up{access=\"a\",attachment=\"7\",vpn=\"red\"} 0.0");
        assertFalse(page.text().contains("packets_total"));
    }

    @Test
    void openMetricsForWhoAsks() {
        SampleFile.create(directory, 7, "red/pe1/a").count(10);
        String accept = "application/openmetrics-text;version=1.0.0";
        MetricsPage page = MetricsPage.of(List.of(subject(7, "")), accept);
        assertTrue(page.contentType().startsWith("application/openmetrics-text"));
        assertTrue(page.text().endsWith("# EOF\n"));
    }

    @Test
    void nothingIsAnEmptyPage() {
        assertEquals("", MetricsPage.of(List.of(), "").text());
    }
}
