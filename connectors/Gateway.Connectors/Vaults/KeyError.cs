namespace Gateway.Connectors.Vaults;

/// <summary>One thing wrong with the keys that Gateway was given. For whoever starts it; never holds a key or a part of one.</summary>
/// <param name="Setting">The setting's name, or two joined by <c>and</c>.</param>
public sealed record KeyError(string Setting, string Problem, string Remedy)
{
    public override string ToString() => $"{Setting} {Problem} {Remedy}";
}
