namespace Gateway.Proxy.Tests.Architecture.Violations;

internal enum Answer
{
    Yes = 0,
    No = 1,
}

internal enum Unnamed
{
    One = 1,
}
