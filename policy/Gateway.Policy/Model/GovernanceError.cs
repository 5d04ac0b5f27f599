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
