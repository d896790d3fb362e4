package org.edgeplex.lab.check;

/// What a check found: a figure with its unit, whether it is good enough, and a word on it.
public record Measurement(boolean passed, double value, String unit, String remark) {
    static Measurement of(boolean passed, double value, String unit) {
        return new Measurement(passed, value, unit, "");
    }

    Measurement remark(String text) {
        return new Measurement(passed, value, unit, text);
    }

    public String text() {
        return CheckReport.number(value) + " " + unit + (remark.isEmpty() ? "" : ", " + remark);
    }
}
