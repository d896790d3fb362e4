package org.edgeplex.controller.compute;

/// A process of a program. `startedMillis` (since 1970) tells it from a later one with its pid.
public record RunningProgram(String holder, long pid, long startedMillis) {
    @Override
    public String toString() {
        return holder + " (pid " + pid + ")";
    }
}
