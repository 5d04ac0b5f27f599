#pragma warning disable CS0649 // The fields are there to be found, not to be used.
using System.ComponentModel;
using Gateway.Proxy.Tests.Architecture.Violations.Stages.Decisions;

namespace Gateway.Proxy.Tests.Architecture.Violations.Stages.Identity;

// Each type knows a later stage in one way only. They are read as compiled code and never run.
internal sealed class Innocent;

internal sealed class AsAField
{
    public Later? Value;
}

internal sealed class AsABase : Later;

internal sealed class AsAParameter
{
    public static void Take(Later? later) => GC.KeepAlive(null);
}

internal sealed class AsAResult
{
    public static Later? Give() => null;
}

internal sealed class AsAGenericArgument
{
    public static object Make() => new List<Later?>();
}

internal sealed class AsAConstraint
{
    public static void Take<T>()
        where T : Later => GC.KeepAlive(null);
}

[Later]
internal sealed class AsAnAttribute;

[TypeConverter(typeof(Later))]
internal sealed class InsideAnAttribute;

internal sealed class InABody
{
    public static void Call() => Later.Number++;
}

internal sealed class InALambda
{
    public static Func<int> Make() => static () => Later.Number;
}

internal sealed class InAnAsyncMethod
{
    public static async Task CallAsync()
    {
        await Task.Yield();
        Later.Number++;
    }
}

internal sealed class InACatch
{
    public static void Try()
    {
        try
        {
            GC.KeepAlive(null);
        }
        catch (LaterException) { }
    }
}

internal sealed class InATypeTest
{
    public static bool Is(object value) => value is Later;
}

internal sealed class AsAnArray
{
    public Later[,]? Value;
}
