using Gateway.Policy.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>Documents in their order after a change, without sorting all of them again.</summary>
internal static class MergedDocuments
{
    /// <summary>Null where two are of one kind, tenant and name.</summary>
    /// <param name="before">In order.</param>
    /// <param name="added">In any order.</param>
    public static ReadDocument[]? Merge(ReadDocument[] before, HashSet<ReadDocument> gone, List<ReadDocument> added)
    {
        added.Sort(Compare);
        var all = new ReadDocument[before.Length - gone.Count + added.Count];
        var (to, next) = (0, 0);
        foreach (var document in before)
        {
            if (gone.Count > 0 && gone.Contains(document))
            {
                continue;
            }

            while (next < added.Count && Compare(added[next], document) <= 0)
            {
                all[to++] = added[next++];
            }

            all[to++] = document;
        }

        added.CopyTo(next, all, to, added.Count - next);
        return added.TrueForAll(document => IsAlone(all, document)) ? all : null;
    }

    /// <summary>Whether neither of its neighbours is of its kind, tenant and name.</summary>
    private static bool IsAlone(ReadDocument[] inOrder, ReadDocument document)
    {
        var at = Array.BinarySearch(inOrder, document, Comparer<ReadDocument>.Create(Compare));
        return (at == 0 || Compare(inOrder[at - 1], document) != 0)
            && (at == inOrder.Length - 1 || Compare(inOrder[at + 1], document) != 0);
    }

    public static int Compare(ReadDocument left, ReadDocument right) => GovernedDocument.Compare(left.Governed!, right.Governed!);
}
