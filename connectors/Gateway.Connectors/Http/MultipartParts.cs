using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Gateway.Connectors.Http;

/// <summary>One part of a form.</summary>
/// <param name="Content">Where in the body its content is.</param>
public readonly record struct MultipartPart(string Name, Range Content);

/// <summary>Divides a form in parts (RFC 7578) in the one way in which every reader does, or not at all.</summary>
public static class MultipartParts
{
    /// <summary>What a refusal says of one that can't be divided.</summary>
    public const string Problem =
        "The form's parts must be divided by the boundary alone, each with one Content-Disposition: form-data and a plain name in quotes.";

    private const int MaxHead = 4096;

    // A name or a file's name that everybody takes for the same: nothing that is escaped, encoded or divided.
    private static readonly SearchValues<byte> Escaping = SearchValues.Create("\"\\;%\r\n\t"u8);

    private static readonly SearchValues<char> Boundary = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'()+_,-./:=?"
    );

    /// <param name="boundary">Of the content type, without quotes; empty where it has none.</param>
    /// <param name="parts">In the order of the body; null where the body can't be divided.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, string boundary, [NotNullWhen(true)] out List<MultipartPart>? parts)
    {
        parts = null;
        if (boundary.Length is 0 or > 70 || boundary.AsSpan().ContainsAnyExcept(Boundary))
        {
            return false;
        }

        var delimiter = Encoding.ASCII.GetBytes("--" + boundary);
        var found = new List<MultipartPart>();
        var at = 0;
        while (true)
        {
            // What stands before the first delimiter, or behind a delimiter on its line, some read and some don't.
            var rest = body[at..];
            if (!rest.StartsWith(delimiter))
            {
                return false;
            }

            rest = rest[delimiter.Length..];
            if (rest.StartsWith("--"u8))
            {
                parts = found;
                return rest[2..] is [] or [(byte)'\r', (byte)'\n'];
            }

            var end = rest.StartsWith("\r\n"u8) ? rest[2..].IndexOf(delimiter) : -1;
            if (end < 0 || !TryName(rest.Slice(2, end), out var name, out var head))
            {
                return false;
            }

            at += delimiter.Length + 2;
            found.Add(new(name, (at + head)..(at + end - 2)));
            at += end;
        }
    }

    /// <summary>Reads one part: its head, an empty line, what it holds, and the line's end before the next delimiter.</summary>
    /// <param name="begin">Where its content begins.</param>
    private static bool TryName(ReadOnlySpan<byte> part, [NotNullWhen(true)] out string? name, out int begin)
    {
        name = null;
        var end = part.IndexOf("\r\n\r\n"u8);
        begin = end + 4;
        if (end is < 0 or > MaxHead || part.Length < begin + 2 || !part.EndsWith("\r\n"u8))
        {
            return false;
        }

        var head = part[..end];
        while (!head.IsEmpty)
        {
            var line = head.IndexOf("\r\n"u8) is >= 0 and var at ? head[..at] : head;
            head = head[Math.Min(head.Length, line.Length + 2)..];
            if (line.IndexOfAny((byte)'\r', (byte)'\n') >= 0 || !IsHeader(line, ref name))
            {
                return false;
            }
        }

        return name is not null;
    }

    private static bool IsHeader(ReadOnlySpan<byte> line, ref string? name)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return false;
        }

        var value = line[(colon + 1)..].Trim(" "u8);
        return Ascii.EqualsIgnoreCase(line[..colon], "Content-Disposition"u8)
            ? name is null && TryDisposition(value, out name)
            // Told for its files' sake. A charset would make another text of a field.
            : Ascii.EqualsIgnoreCase(line[..colon], "Content-Type"u8)
                && (!Contains(value, "charset"u8) || Contains(value, "charset=utf-8"u8));
    }

    private static bool Contains(ReadOnlySpan<byte> value, ReadOnlySpan<byte> word)
    {
        for (var at = 0; at + word.Length <= value.Length; at++)
        {
            if (Ascii.EqualsIgnoreCase(value.Slice(at, word.Length), word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryDisposition(ReadOnlySpan<byte> value, [NotNullWhen(true)] out string? name)
    {
        name = null;
        if (
            value.Length < 9
            || !Ascii.EqualsIgnoreCase(value[..9], "form-data"u8)
            || !TryTake(value[9..], "name"u8, out var text, out var rest)
        )
        {
            return false;
        }

        if (!rest.IsEmpty && (!TryTake(rest, "filename"u8, out _, out rest) || !rest.IsEmpty))
        {
            return false;
        }

        name = Encoding.UTF8.GetString(text);
        return true;
    }

    /// <summary>Takes <c>; name="text"</c> off the beginning.</summary>
    private static bool TryTake(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        text = rest = default;
        value = value.StartsWith(";"u8) ? value[1..].TrimStart((byte)' ') : default;
        if (
            value.Length < name.Length + 3
            || !Ascii.EqualsIgnoreCase(value[..name.Length], name)
            || !value[name.Length..].StartsWith("=\""u8)
        )
        {
            return false;
        }

        value = value[(name.Length + 2)..];
        var end = value.IndexOf((byte)'"');
        if (end < 0)
        {
            return false;
        }

        text = value[..end];
        rest = value[(end + 1)..];
        return !text.ContainsAny(Escaping) && Utf8.IsValid(text);
    }
}
