using System.Xml;

namespace Gateway.Gait.Regress;

/// <summary>One test of a report.</summary>
public sealed record JUnitCase(string Name, string ClassName)
{
    /// <summary>Where it stands; null where it has no place.</summary>
    public (string File, int Line)? Place { get; init; }

    /// <summary>Null where it passed.</summary>
    public JUnitFailure? Failure { get; init; }

    internal void Write(XmlWriter xml)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Name);
        xml.WriteAttributeString("classname", ClassName);
        if (Place is var (file, line))
        {
            xml.WriteAttributeString("file", file);
            xml.WriteAttributeString("line", XmlConvert.ToString(line));
        }

        xml.WriteAttributeString("time", "0");
        if (Failure is { } failure)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", failure.Message);
            xml.WriteAttributeString("type", failure.Type);
            xml.WriteString(failure.Text);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}

/// <summary>Why a test failed.</summary>
/// <param name="Type">A word for the kind of failure.</param>
/// <param name="Message">One line.</param>
/// <param name="Text">All there is to say.</param>
public sealed record JUnitFailure(string Type, string Message, string Text);
