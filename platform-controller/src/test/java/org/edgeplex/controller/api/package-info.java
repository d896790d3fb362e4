/// Tests of the API over real HTTP on the loopback interface.
@NullMarked
package org.edgeplex.controller.api;

import org.jspecify.annotations.NullMarked;
