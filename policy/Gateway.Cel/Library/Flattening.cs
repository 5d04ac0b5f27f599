using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Puts the elements of inner lists in their place, down to a depth.</summary>
internal static class Flattening
{
    public static CelValue Flatten(CelActivation frame, CelList list, long depth)
    {
        var items = new List<CelValue>();
        if (depth < 0)
        {
            return Failures.OutOfBounds;
        }

        return Add(frame, list, depth, items) ? CelValue.From(new ArrayList([.. items])) : Failures.TooCostly;
    }

    private static bool Add(CelActivation frame, CelList list, long depth, List<CelValue> items)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (!frame.Charge(1))
            {
                return false;
            }

            if (list[i].Kind != CelKind.List || depth == 0)
            {
                items.Add(list[i]);
            }
            else if (!Add(frame, list[i].AsList, depth - 1, items))
            {
                return false;
            }
        }

        return true;
    }
}
