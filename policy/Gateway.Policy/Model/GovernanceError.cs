using System.Globalization;

namespace Gateway.Policy.Model;

/// <summary>
/// One thing wrong with the governance documents: where, what, and how to mend it. Shown to whoever writes the documents,
/// never to an agent.
/// </summary>
/// <param name="Field">The field's path inside its document, such as <c>spec.operations[2].path</c>; empty for the document itself.</param>
public sealed record GovernanceError(SourcePosition Position, string Field, string Problem, string Remedy)
{
    public override string ToString() => $"{Position}: {(Field.Length == 0 ? "" : Field + ": ")}{Problem} {Remedy}";
}

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
