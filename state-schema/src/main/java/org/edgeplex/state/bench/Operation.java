package org.edgeplex.state.bench;

/// What a call does with its objects.
enum Operation {
    GET("get"),

    /// Each on the version that was written last, in nobody's name.
    PUT("put");

    private final String word;

    Operation(String word) {
        this.word = word;
    }

    /// `get`, or `get_all_100`.
    String metric(int batch) {
        return batch == 1 ? word : word + "_all_" + batch;
    }

    String word() {
        return word;
    }
}
