namespace Gateway.Evidence.Signing;

/// <summary>Takes a signed note apart: its text, and what its lines of signatures say.</summary>
internal static class NoteParts
{
    /// <summary>What a line of a signature begins with.</summary>
    public const string Dash = "\u2014 ";

    private const int MaxSignatures = 32;

    public static bool TrySplit(ReadOnlySpan<byte> note, out string text, out string[] signatures)
    {
        (text, signatures) = ("", []);
        if (
            note.Length > SignedNote.MaxLength
            || !System.Text.Unicode.Utf8.IsValid(note)
            || note.ContainsAnyInRange((byte)0, (byte)9)
            || note.ContainsAnyInRange((byte)11, (byte)31)
        )
        {
            return false;
        }

        var whole = NoteText.Utf8.GetString(note);
        var split = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 1 || split + 2 == whole.Length || whole[^1] != '\n')
        {
            return false;
        }

        text = whole[..(split + 1)];
        signatures = whole[(split + 2)..^1].Split('\n');
        return signatures.Length <= MaxSignatures;
    }

    public static bool TryReadSignature(string line, out string name, out byte[] signature)
    {
        (name, signature) = ("", []);
        var parts = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length % 4 != 0)
        {
            return false;
        }

        // The signatures of others can be of any kind and length; four bytes name their key.
        var length =
            (parts[1].Length / 4 * 3)
            - (
                parts[1].EndsWith("==", StringComparison.Ordinal) ? 2
                : parts[1].EndsWith('=') ? 1
                : 0
            );
        name = parts[0];
        return length > 4 && NoteText.TryBase64(parts[1], length, out signature);
    }
}
