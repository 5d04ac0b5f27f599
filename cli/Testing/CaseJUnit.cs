using System.Globalization;
using System.Text;
using System.Xml;
using Gateway.Authoring.Cases;

namespace Gateway.Cli.Testing;

/// <summary>How cases went, as continuous integration reads it. Without times: the same cases give the same bytes.</summary>
internal static class CaseJUnit
{
    public static byte[] Of(IReadOnlyList<CaseReport> reports)
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
            WriteCounts(xml, reports);
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", "gateway.policy");
            WriteCounts(xml, reports);
            foreach (var report in reports)
            {
                WriteCase(xml, report);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<CaseReport> reports)
    {
        xml.WriteAttributeString("tests", Number(reports.Count));
        xml.WriteAttributeString("failures", Number(reports.Count(report => !report.Passed)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", "0");
        xml.WriteAttributeString("time", "0");
    }

    private static void WriteCase(XmlWriter xml, CaseReport report)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", report.Name);
        xml.WriteAttributeString("classname", report.Source.File);
        xml.WriteAttributeString("file", report.Source.File);
        xml.WriteAttributeString("line", Number(report.Source.Line));
        xml.WriteAttributeString("time", "0");
        if (!report.Passed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", report.Failures[0].Differences[0].ToString());
            xml.WriteAttributeString("type", "case_failure");
            xml.WriteString(
                string.Join('\n', report.Failures.Select(failure => $"{failure.Source}: {string.Join("; ", failure.Differences)}"))
            );
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
