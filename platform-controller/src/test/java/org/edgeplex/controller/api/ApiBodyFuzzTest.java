package org.edgeplex.controller.api;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import org.edgeplex.controller.intent.IntentJson;
import org.edgeplex.controller.intent.RefusedException;
import org.junit.jupiter.api.Assertions;

/// Whatever a body holds, it is refused in words or understood; and what is understood is written
/// and read again as the same.
class ApiBodyFuzzTest {
    @FuzzTest
    void services(byte[] body) {
        try {
            var service = IntentJson.service(IntentJson.parse(body));
            Assertions.assertEquals(service, IntentJson.service(IntentJson.write(service)));
        } catch (RefusedException e) {
            Assertions.assertFalse(e.problems().isEmpty());
        }
    }

    @FuzzTest
    void nodes(byte[] body) {
        try {
            var node = IntentJson.node(IntentJson.parse(body));
            Assertions.assertEquals(node, IntentJson.node(IntentJson.write(node)));
        } catch (RefusedException e) {
            Assertions.assertFalse(e.problems().isEmpty());
        }
    }

    @FuzzTest
    void accesses(byte[] body) {
        try {
            JsonNode document = IntentJson.parse(body);
            var access = IntentJson.access(document);
            Assertions.assertEquals(access, IntentJson.access(IntentJson.write(access)));
        } catch (RefusedException e) {
            Assertions.assertFalse(e.problems().isEmpty());
        }
    }
}
