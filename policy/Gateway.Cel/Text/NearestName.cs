namespace Gateway.Cel.Text;

/// <summary>Finds what a misspelt name was probably meant to be: the known one with the fewest edits, when there are few.</summary>
public static class NearestName
{
    private const int MaxEdits = 3;
    private const int MaxLength = 64;
    private const int MaxCandidates = 1000;

    /// <summary>Null when nothing is near: at most 3 edits, fewer for a short name.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return null;
        }

        var limit =
            name.Length <= 3 ? 1
            : name.Length <= 8 ? 2
            : MaxEdits;
        string? nearest = null;
        foreach (var candidate in known.Take(MaxCandidates))
        {
            if (
                candidate.Length <= MaxLength
                && Math.Abs(candidate.Length - name.Length) <= limit
                && Edits(name, candidate) is var edits
                && edits <= limit
            )
            {
                (nearest, limit) = (candidate, edits - 1);
            }
        }

        return nearest;
    }

    /// <summary>Levenshtein's distance, without regard to case.</summary>
    private static int Edits(string a, string b)
    {
        Span<int> row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + cost, 1 + Math.Min(row[j], row[j - 1])));
            }
        }

        return row[b.Length];
    }
}
