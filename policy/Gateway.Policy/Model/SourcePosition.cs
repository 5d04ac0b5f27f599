using System.Globalization;

namespace Gateway.Policy.Model;

/// <summary>Where in the governance documents something was said. Lines and columns count from 1; 0 means the whole file.</summary>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    /// <summary>Writes what <see cref="ToString"/> gives; false where there isn't room.</summary>
    public bool TryFormat(Span<char> text, out int written) =>
        Line == 0
            ? text.TryWrite($"{File}", out written)
            : text.TryWrite(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}", out written);

    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
