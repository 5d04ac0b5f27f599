using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>
/// The errors that several functions give. They are made once: most of them are decided by a request's data, and must stay cheap.
/// </summary>
internal static class Failures
{
    public static readonly CelValue Overflow = CelValue.Fail("the result is beyond the range of its type");
    public static readonly CelValue DivisionByZero = CelValue.Fail("division by zero");
    public static readonly CelValue NoSuchKey = CelValue.Fail("no such key");
    public static readonly CelValue OutOfBounds = CelValue.Fail("the index lies beyond the end or before the start");
    public static readonly CelValue BadConversion = CelValue.Fail("the value can't be converted to this type");

    /// <summary>Whatever the result would be, the evaluation fails with it: see <see cref="CelActivation.Charge"/>.</summary>
    public static readonly CelValue TooCostly = CelValue.Fail("the evaluation takes more steps than it may");
}
