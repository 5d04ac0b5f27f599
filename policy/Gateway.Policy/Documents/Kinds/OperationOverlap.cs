using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Refuses two operations that a request could mean equally well: which one is judged must never be a matter of chance.</summary>
internal static class OperationOverlap
{
    public static void Check(MappingReader spec, IReadOnlyList<Operation> operations)
    {
        for (var i = 1; i < operations.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (AreAmbiguous(operations[i], operations[j]))
                {
                    spec.Fail(
                        $"operations[{i}].path",
                        $"The operations '{operations[j].Id}' and '{operations[i].Id}' fit the same method and path equally well.",
                        "Change a path or method: of two that fit, only more fixed segments win.",
                        operations[i].Source
                    );
                }
            }
        }
    }

    private static bool AreAmbiguous(Operation a, Operation b) =>
        a.Path is not null
        && b.Path is not null
        && a.Path.Literals == b.Path.Literals
        && a.Methods.Any(b.Methods.Contains)
        && CanMeet(Segments(a.Path), Segments(b.Path));

    /// <summary>Whether one path can fit both templates.</summary>
    private static bool CanMeet(ReadOnlySpan<string> a, ReadOnlySpan<string> b)
    {
        while (a.Length > 0 && b.Length > 0)
        {
            // The rest of a path is at least one segment, and the other template has at least one left.
            if (IsRest(a[0]) || IsRest(b[0]))
            {
                return true;
            }

            if (!IsHole(a[0]) && !IsHole(b[0]) && a[0] != b[0])
            {
                return false;
            }

            a = a[1..];
            b = b[1..];
        }

        return a.Length == b.Length;
    }

    private static string[] Segments(PathTemplate path) => path.Text == "/" ? [] : path.Text[1..].Split('/');

    private static bool IsHole(string segment) => segment.StartsWith('{');

    private static bool IsRest(string segment) => segment.StartsWith("{**", StringComparison.Ordinal);
}
