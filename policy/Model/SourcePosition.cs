namespace Gateway.Policy.Model;

/// <summary>Where in the governance documents something was said. Lines and columns count from 1; 0 means the whole file.</summary>
public readonly record struct SourcePosition(string File, int Line, int Column)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
