package org.edgeplex.lab.topology;

/// A range with both ends in it, written `100-199`.
public record NumberRange(int first, int last) {
    public NumberRange {
        if (first > last) {
            throw new IllegalArgumentException("the range " + first + "-" + last + " is empty");
        }
    }

    static NumberRange parse(String text) {
        String[] ends = text.split("-", 2);
        return new NumberRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
