package org.edgeplex.lab.trial;

import java.io.PrintWriter;
import java.util.Locale;

/// Prints what a bench found, a figure a line: for people, or as JSON.
public final class Figures {
    private final String bench;
    private final PrintWriter out;
    private final boolean isJson;

    public Figures(String bench, PrintWriter out, boolean isJson) {
        this.bench = bench;
        this.out = out;
        this.isJson = isJson;
    }

    public void metric(String name, double value, String unit) {
        out.println(
                isJson
                        ? String.format(
                                Locale.ROOT,
                                "{\"bench\":\"%s\",\"metric\":\"%s\",\"value\":%.3f,"
                                        + "\"unit\":\"%s\"}",
                                bench,
                                name,
                                value,
                                unit)
                        : String.format(Locale.ROOT, "%-36s %12.3f %s", name, value, unit));
        out.flush();
    }
}
