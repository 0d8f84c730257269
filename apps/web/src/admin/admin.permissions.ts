import { PermissionRegistry } from '@platform/identity';
import { type Role, ROLES } from '@platform/kernel';
import { Injectable, type OnModuleInit } from '@nestjs/common';

const OUTSIDE: ReadonlySet<Role> = new Set(['enterprise', 'resident', 'expert']);
const STAFF = ROLES.filter((role) => !OUTSIDE.has(role));

/** What the frame's own pages ask for. The three administrators have three separate sets of powers (三员分立). */
@Injectable()
export class AdminPermissions implements OnModuleInit {
  constructor(private readonly permissions: PermissionRegistry) {}

  onModuleInit(): void {
    this.permissions.register({
      'desk.read': STAFF,
      'policy.read_record': STAFF,
      'admin.read_audit': ['audit_admin'],
      'admin.read_events': ['system_admin'],
      'admin.rerun_event': ['system_admin'],
      'admin.read_people': ['security_admin'],
      'admin.disable_account': ['security_admin'],
    });
  }
}
