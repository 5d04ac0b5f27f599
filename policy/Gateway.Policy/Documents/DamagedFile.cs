using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Finds files that can't be what somebody wrote, before they are parsed.</summary>
internal static class DamagedFile
{
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

        return true;
    }

    private static SourcePosition PositionOf(SourceFile file, int at)
    {
        var before = file.Text.AsSpan(0, at);
        return new SourcePosition(file.Name, before.Count('\n') + 1, at - before.LastIndexOf('\n'));
    }
}
