package org.edgeplex.telemetry.prometheus;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The answer to one scrape.
public record MetricsPage(String contentType, String text) {
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    /// What the data planes have counted.
    ///
    /// @param accept the request's header, empty for none: Prometheus's text unless it asks for
    ///   OpenMetrics
    public static MetricsPage of(List<DataplaneMetrics.Subject> subjects, String accept) {
        ExpositionFormatWriter writer =
                accept.contains("openmetrics-text")
                        ? FORMATS.getOpenMetricsTextFormatWriter()
                        : FORMATS.getPrometheusTextFormatWriter();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            writer.write(body, DataplaneMetrics.of(subjects));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array does not fail
        }
        return new MetricsPage(writer.getContentType(), body.toString(StandardCharsets.UTF_8));
    }
}
