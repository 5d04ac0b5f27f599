using Gateway.Cel.Values;

namespace Gateway.Cel.Interpretation;

/// <summary>A macro's variable and those around it, found by name: what the compiled form does by places.</summary>
internal sealed record Scope(string Name, CelValue Value, Scope? Outer)
{
    public static CelValue Find(Scope? scope, string name)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (scope.Name == name)
            {
                return scope.Value;
            }
        }

        return default;
    }
}
