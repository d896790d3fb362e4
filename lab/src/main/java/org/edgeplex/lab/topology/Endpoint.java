package org.edgeplex.lab.topology;

/// One end of a link: `pe1:core0`.
public record Endpoint(String node, String port) {
    static Endpoint parse(String text) {
        int colon = text.indexOf(':');
        return new Endpoint(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return node + ":" + port;
    }
}
