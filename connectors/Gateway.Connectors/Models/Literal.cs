using System.Text;

namespace Gateway.Connectors.Models;

/// <summary>A fixed text with its bytes, so that comparing costs no allocation.</summary>
internal sealed class Literal(string text)
{
    public string Text { get; } = text;

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);

    public override string ToString() => Text;
}
