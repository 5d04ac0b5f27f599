using System.Globalization;
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
                WriteCase(xml, one);
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
        xml.WriteAttributeString("tests", Number(cases.Count));
        xml.WriteAttributeString("failures", Number(cases.Count(one => one.Failure is not null)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", "0");
        xml.WriteAttributeString("time", "0");
    }

    private static void WriteCase(XmlWriter xml, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", one.Name);
        xml.WriteAttributeString("classname", one.ClassName);
        if (one.Place is var (file, line))
        {
            xml.WriteAttributeString("file", file);
            xml.WriteAttributeString("line", Number(line));
        }

        xml.WriteAttributeString("time", "0");
        if (one.Failure is { } failure)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", failure.Message);
            xml.WriteAttributeString("type", failure.Type);
            xml.WriteString(failure.Text);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One test of a report.</summary>
public sealed record JUnitCase(string Name, string ClassName)
{
    /// <summary>Where it stands; null where it has no place.</summary>
    public (string File, int Line)? Place { get; init; }

    /// <summary>Null where it passed.</summary>
    public JUnitFailure? Failure { get; init; }
}

/// <summary>Why a test failed.</summary>
/// <param name="Type">A word for the kind of failure.</param>
/// <param name="Message">One line.</param>
/// <param name="Text">All there is to say.</param>
public sealed record JUnitFailure(string Type, string Message, string Text);
