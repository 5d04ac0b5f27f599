using System.Buffers;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Finds files that can't be what somebody wrote, before they are parsed.</summary>
internal static class DamagedFile
{
    /// <summary>
    /// Line ends of other times (YAML 1.1 has them, 1.2 and editors don't), control characters but tab and line feed, and what turns the
    /// direction of a text. A carriage return is one where no line feed follows.
    /// </summary>
    private static readonly SearchValues<char> Misleading = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c).Except(['\t', '\n']),
        .. "\u2028\u2029\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069",
    ]);

    /// <summary>Whether a file isn't too long, nor damaged; otherwise that is in the list.</summary>
    public static bool IsWhole(SourceFile file, ErrorList errors)
    {
        if (Encoding.UTF8.GetByteCount(file.Text) > SourceFile.MaxBytes)
        {
            errors.Add(new SourcePosition(file.Name, 0, 0), "", $"The file is over {SourceFile.MaxBytes / 1024 / 1024} MiB.", "Split it.");
            return false;
        }

        // The parser takes it for the end and says nothing: the rules behind it, or all of a file that a crash left as zeros, would be
        // gone.
        if (file.Text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var zero)
        {
            errors.Add(
                PositionOf(file, zero),
                "",
                "There is a NUL character.",
                "Write the file anew: as it is, a crash or a lost disk may have damaged it."
            );
            return false;
        }

        if (MisleadingIn(file.Text) is >= 0 and var misleading)
        {
            errors.Add(
                PositionOf(file, misleading),
                "",
                $"There is a character that ends a line or turns the text round for some readers only: U+{(int)file.Text[misleading]:X4}.",
                "Remove it, and end lines with LF or CR LF. What must be in a text is written as an escape, in double quotes."
            );
            return false;
        }

        return true;
    }

    /// <summary>
    /// The first character by which the file could look like something else than it is: behind it a comment could end, and a field begin
    /// that nobody sees. -1 for none.
    /// </summary>
    private static int MisleadingIn(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var next = text.AsSpan(at).IndexOfAny(Misleading);
            if (next < 0)
            {
                return -1;
            }

            at += next;
            if (text[at] != '\r' || at + 1 == text.Length || text[at + 1] != '\n')
            {
                return at;
            }
        }

        return -1;
    }

    private static SourcePosition PositionOf(SourceFile file, int at)
    {
        var before = file.Text.AsSpan(0, at);
        return new SourcePosition(file.Name, before.Count('\n') + 1, at - before.LastIndexOf('\n'));
    }
}
