using System.Text;
using Gateway.Cel.Text;

namespace Gateway.Cel.Syntax;

/// <summary>Resolves the escapes of a literal. In a string a number names a code point, in bytes it names a byte.</summary>
internal static class Escapes
{
    public static string ToText(string content, TextRange range)
    {
        var text = new StringBuilder(content.Length);
        for (var at = 0; at < content.Length; )
        {
            if (content[at] != '\\')
            {
                text.Append(content[at++]);
                continue;
            }

            var rune = EscapeReader.Next(content, ref at, range, out _);
            text.Append(
                Rune.IsValid(rune) ? new Rune(rune).ToString() : throw EscapeReader.Wrong(range, "an escape names no Unicode character")
            );
        }

        return text.ToString();
    }

    public static byte[] ToBytes(string content, TextRange range)
    {
        var bytes = new List<byte>(content.Length);
        for (var at = 0; at < content.Length; )
        {
            if (content[at] != '\\')
            {
                var end = content.IndexOf('\\', at);
                end = end < 0 ? content.Length : end;
                bytes.AddRange(Encoding.UTF8.GetBytes(content[at..end]));
                at = end;
                continue;
            }

            var value = EscapeReader.Next(content, ref at, range, out var isUnicode);
            bytes.Add(
                !isUnicode && value <= byte.MaxValue
                    ? (byte)value
                    : throw EscapeReader.Wrong(range, @"bytes know no \u or \U, only \x and octal escapes of a byte")
            );
        }

        return [.. bytes];
    }
}
