namespace Gateway.Cel.Syntax;

/// <summary>The names of the operators as functions, as the language definition gives them.</summary>
internal static class Operators
{
    public const string Not = "!_";
    public const string Negate = "-_";
    public const string In = "@in";
    public const string Index = "_[_]";
    public const string OptionalIndex = "_[?_]";
    public const string EqualTo = "_==_";
    public const string NotEqualTo = "_!=_";
    public const string Less = "_<_";
    public const string LessOrEqual = "_<=_";
    public const string Greater = "_>_";
    public const string GreaterOrEqual = "_>=_";
    public const string Add = "_+_";
    public const string Subtract = "_-_";
    public const string Multiply = "_*_";
    public const string Divide = "_/_";
    public const string Modulo = "_%_";

    /// <summary>As people write it: <c>_+_</c> is <c>+</c>.</summary>
    public static string Shown(string name) =>
        name == In ? "in"
        : name.StartsWith('_') || name.EndsWith('_') ? name.Replace("_", "", StringComparison.Ordinal)
        : name;
}
