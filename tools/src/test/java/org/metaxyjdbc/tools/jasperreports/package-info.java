/** JasperReports. */
@NullMarked
package org.metaxyjdbc.tools.jasperreports;

import org.jspecify.annotations.NullMarked;
