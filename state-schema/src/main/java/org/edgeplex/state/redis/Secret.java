package org.edgeplex.state.redis;

/// A password, which no message and no log shows.
record Secret(String text) {
    @Override
    public String toString() {
        return "***";
    }
}
