"""Signing in: password and second step, passkeys, the school's own sign-in, links, accounts and roles."""

from feedback.web.door import (
    accounts,
    again,
    one_time_link,
    own_password,
    own_sign_in,
    passkeys,
    provider_sign_in,
    roles,
    schools,
    second_step,
    sign_in,
)

VIEWS = (
    accounts.bp,
    again.bp,
    one_time_link.bp,
    own_password.bp,
    own_sign_in.bp,
    passkeys.bp,
    provider_sign_in.bp,
    roles.bp,
    schools.bp,
    second_step.bp,
    sign_in.bp,
)
