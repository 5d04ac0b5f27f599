namespace Gateway.Policy.Model;

/// <summary>The classes of data that an action touches, as a set.</summary>
[Flags]
public enum DataClasses
{
    None = 0,
    Public = 1 << 0,
    Internal = 1 << 1,
    Customer = 1 << 2,
    Pii = 1 << 3,
    Confidential = 1 << 4,
    Restricted = 1 << 5,
    Critical = 1 << 6,
    TopSecret = 1 << 7,

    /// <summary>Customer or regulated data: moving it takes a documented flow (control 8).</summary>
    NeedsFlow = Customer | Pii | Confidential | Restricted | Critical | TopSecret,

    /// <summary>What even the highest level touches only with a documented approval.</summary>
    NeedsApproval = Critical | TopSecret,
}
