namespace Gateway.Proxy.Tests.Architecture.Violations.Rooms.Decisions;

[AttributeUsage(AttributeTargets.All)]
internal sealed class LaterAttribute : Attribute;
