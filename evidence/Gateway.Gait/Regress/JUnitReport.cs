using System.Text;
using System.Xml;

namespace Gateway.Gait.Regress;

/// <summary>Reports as continuous integration reads them. Without times: the same cases give the same bytes.</summary>
public static class JUnitReport
{
    public static byte[] Write(RegressReport report) =>
        Write(
            "gait.regress." + report.FixtureSet,
            [
                .. report.Graders.Select(grader => new JUnitCase(grader.Grader, grader.Fixture)
                {
                    Failure = grader.Passed ? null : Failure(string.Join(',', grader.ReasonCodes)),
                }),
            ]
        );

    /// <summary>One suite.</summary>
    public static byte[] Write(string suite, IReadOnlyList<JUnitCase> cases)
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
            WriteCounts(xml, cases);
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", suite);
            WriteCounts(xml, cases);
            foreach (var one in cases)
            {
                one.Write(xml);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private static JUnitFailure Failure(string codes) => new("regress_failure", codes, codes);

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<JUnitCase> cases)
    {
        xml.WriteAttributeString("tests", XmlConvert.ToString(cases.Count));
        xml.WriteAttributeString("failures", XmlConvert.ToString(cases.Count(one => one.Failure is not null)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", "0");
        xml.WriteAttributeString("time", "0");
    }
}
