package org.edgeplex.dataplane.traffic;

import java.io.PrintWriter;
import java.util.Locale;

/// Tells figures to a human, or as lines of JSON.
final class TrafficPrinter {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;

    private final PrintWriter out;
    private final Role role;
    private final boolean isJson;
    private final boolean isPerFlow;

    TrafficPrinter(PrintWriter out, Role role, boolean isJson, boolean isPerFlow) {
        this.out = out;
        this.role = role;
        this.isJson = isJson;
        this.isPerFlow = isPerFlow;
    }

    /// Only what this role does: a generator does not count what comes to its port.
    synchronized void progress(Figures figures) {
        if (isJson) {
            String sent = role == Role.SINK ? "" : ",\"sent\":" + figures.sent();
            String received = role.counts() ? ",\"received\":" + figures.received() : "";
            print(
                    "{\"traffic\":\"progress\",\"seconds\":%.3f%s%s}",
                    figures.seconds(), sent, received);
        } else {
            print("%8.1f s  %s", figures.seconds(), progressText(figures));
        }
    }

    private String progressText(Figures figures) {
        return switch (role) {
            case LOOP -> "sent %d  received %d".formatted(figures.sent(), figures.received());
            case GENERATE -> "sent " + figures.sent();
            case SINK -> "received " + figures.received();
            case ECHO -> "sent back " + figures.sent();
        };
    }

    /// The end of a run, on the loop's thread.
    synchronized void result(TrafficLoop loop) {
        if (isPerFlow && role.counts()) {
            if (!isJson) {
                print(
                        "%8s %12s %12s %10s %9s %10s %10s %10s %10s %10s %10s",
                        "flow",
                        "sent",
                        "received",
                        "lost",
                        "reordered",
                        "duplicated",
                        "p50 us",
                        "p99 us",
                        "max us",
                        "jitter us",
                        "gap ms");
            }
            for (int flow = 0; flow < loop.flows(); flow++) {
                FlowFigures figures = loop.flow(flow);
                if (figures.sent() > 0 || figures.received() > 0) {
                    flow(figures);
                }
            }
        }
        total(loop.figures());
    }

    private void flow(FlowFigures f) {
        if (isJson) {
            print(
                    "{\"traffic\":\"flow\",\"flow\":%d,\"sent\":%d,\"received\":%d,\"lost\":%d,"
                            + "\"reordered\":%d,\"duplicated\":%d,\"too_old\":%d,"
                            + "\"gap_ms\":%.3f%s}",
                    f.flow(),
                    f.sent(),
                    f.received(),
                    f.lost(),
                    f.reordered(),
                    f.duplicated(),
                    f.tooOld(),
                    f.gapNanosMax() / NANOS_PER_MILLI,
                    json(f.times()));
        } else {
            print(
                    "%8d %12d %12d %10d %9d %10d %10s %10s %10s %10s %10.3f",
                    f.flow(),
                    f.sent(),
                    f.received(),
                    f.lost(),
                    f.reordered(),
                    f.duplicated(),
                    micros(f.times().p50()),
                    micros(f.times().p99()),
                    micros(f.times().max()),
                    micros(f.times().jitterMean()),
                    f.gapNanosMax() / NANOS_PER_MILLI);
        }
    }

    private void total(Figures f) {
        if (isJson) {
            print(
                    "{\"traffic\":\"total\",\"role\":\"%s\",\"seconds\":%.3f,\"sent\":%d,"
                            + "\"received\":%d,\"lost\":%d,\"reordered\":%d,\"duplicated\":%d,"
                            + "\"too_old\":%d,\"other_frames\":%d,\"refused\":%d,\"skipped\":%d,"
                            + "\"lag_us\":%.3f,\"gap_ms\":%.3f,\"outage_ms\":%.3f%s}",
                    role.word(),
                    f.seconds(),
                    f.sent(),
                    f.received(),
                    f.lost(),
                    f.reordered(),
                    f.duplicated(),
                    f.tooOld(),
                    f.otherFrames(),
                    f.refused(),
                    f.skipped(),
                    f.lagNanosMax() / NANOS_PER_MICRO,
                    f.gapNanosMax() / NANOS_PER_MILLI,
                    f.outageNanosMax() / NANOS_PER_MILLI,
                    json(f.times()));
            return;
        }
        double seconds = Math.max(f.seconds(), 1e-9);
        print("%s for %.3f s", role.word(), f.seconds());
        if (role == Role.SINK) {
            print("sent          %12d  up to the highest numbers that came", f.sent());
        } else {
            print("sent          %12d  %.0f/s", f.sent(), f.sent() / seconds);
        }
        if (role.sends()) {
            print("  refused     %12d  by the port, and tried again", f.refused());
            print(
                    "  skipped     %12d  due while the generator was held up (%s us at most)",
                    f.skipped(), micros((double) f.lagNanosMax()));
        }
        if (role.counts()) {
            received(f);
        }
        print("other frames  %12d%s", f.otherFrames(), otherText());
    }

    /// A port such as null has frames without end, which say nothing of those that were sent.
    private String otherText() {
        return role == Role.GENERATE ? "  came to the port: a generator looks at none" : "";
    }

    private void received(Figures f) {
        print("received      %12d", f.received());
        print("  lost        %12d", f.lost());
        print("  reordered   %12d", f.reordered());
        print("  duplicated  %12d", f.duplicated());
        print("  too old     %12d  to tell from a duplicate", f.tooOld());
        Times times = f.times();
        print(
                "latency us    p50 %s  p99 %s  p99.9 %s  max %s  mean %s",
                micros(times.p50()),
                micros(times.p99()),
                micros(times.p999()),
                micros(times.max()),
                micros(times.mean()));
        print(
                "jitter us     mean %s  p99 %s",
                micros(times.jitterMean()), micros(times.jitterP99()));
        print("longest gap   %.3f ms", f.gapNanosMax() / NANOS_PER_MILLI);
        print(
                "  outage      %.3f ms  all that was sent meanwhile was lost",
                f.outageNanosMax() / NANOS_PER_MILLI);
    }

    private static String json(Times times) {
        StringBuilder text = new StringBuilder();
        put(text, "p50_us", times.p50());
        put(text, "p99_us", times.p99());
        put(text, "p999_us", times.p999());
        put(text, "max_us", times.max());
        put(text, "mean_us", times.mean());
        put(text, "jitter_us", times.jitterMean());
        put(text, "jitter_p99_us", times.jitterP99());
        return text.toString();
    }

    private static void put(StringBuilder text, String name, double nanos) {
        if (nanos != Times.UNKNOWN) {
            text.append(String.format(Locale.ROOT, ",\"%s\":%.3f", name, nanos / NANOS_PER_MICRO));
        }
    }

    private static String micros(double nanos) {
        return nanos == Times.UNKNOWN
                ? "-"
                : String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MICRO);
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }
}
