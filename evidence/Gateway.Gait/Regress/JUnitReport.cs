using System.Globalization;
using System.Text;
using System.Xml;

namespace Gateway.Gait.Regress;

/// <summary>A report as continuous integration reads it.</summary>
public static class JUnitReport
{
    public static byte[] Of(RegressReport report)
    {
        using var output = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Indent = true,
            NewLineChars = "\n",
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        using (var xml = XmlWriter.Create(output, settings))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, report);
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", "gait.regress." + report.FixtureSet);
            WriteCounts(xml, report);
            foreach (var grader in report.Graders)
            {
                WriteCase(xml, grader);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private static void WriteCounts(XmlWriter xml, RegressReport report)
    {
        xml.WriteAttributeString("tests", Number(report.Graders.Count));
        xml.WriteAttributeString("failures", Number(report.Graders.Count(grader => !grader.Passed)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", "0");
        xml.WriteAttributeString("time", "0");
    }

    private static void WriteCase(XmlWriter xml, GraderResult grader)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", grader.Grader);
        xml.WriteAttributeString("classname", grader.Fixture);
        xml.WriteAttributeString("time", "0");
        if (!grader.Passed)
        {
            var codes = string.Join(',', grader.ReasonCodes);
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", codes);
            xml.WriteAttributeString("type", "regress_failure");
            xml.WriteString(codes);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
